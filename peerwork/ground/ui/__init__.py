"""The house look: one page, its pieces, and the two ways a page may answer."""
