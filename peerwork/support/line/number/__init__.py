"""The number of the line: what somebody hears who rings it. Never a recording of a talk."""
