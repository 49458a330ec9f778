"""What remains when a call is over: numbers without anybody, rest for whoever answered, and the way on."""
