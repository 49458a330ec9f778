"""The gateway: a telephone exchange of our own, for any SIP trunk. It holds what it hears in memory only."""
