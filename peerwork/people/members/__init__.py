"""Who is here, by the name they chose, and the welcome they get."""
