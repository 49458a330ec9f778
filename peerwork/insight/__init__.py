"""Numbers and reports that can leave the building without taking anyone with them."""
