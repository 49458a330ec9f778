"""Who is here, what they agreed to, what they may do, and what only they can open."""
