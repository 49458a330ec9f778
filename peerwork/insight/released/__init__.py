"""What left the building, who signed for it, what it cost and what is left."""
