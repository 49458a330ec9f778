"""Questions asked on every page: their SQL is made once, and asked again with other values."""
