"""The year in one report: what was asked, what was done, what it cost."""
