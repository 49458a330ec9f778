"""Who is on duty for the line, and what that lets us promise."""
