"""What peers wrote down for each other, kept current."""
