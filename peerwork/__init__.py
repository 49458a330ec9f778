"""The home a harm reduction peer workforce runs for itself."""
