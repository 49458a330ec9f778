"""Coming in and going out: joining, signing in, recovery, and leaving fast."""
