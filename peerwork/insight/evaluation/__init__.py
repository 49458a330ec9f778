"""Is it working? The four functions, and the evidence for each."""
