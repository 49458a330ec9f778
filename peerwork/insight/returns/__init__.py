"""What happened this quarter, on one page, with nobody in it."""
