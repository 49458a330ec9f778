"""Default content a network may edit: versioned data, checked when it is read."""
