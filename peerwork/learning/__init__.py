"""Peers learn from peers: courses, role plays, competencies, what is needed next."""
