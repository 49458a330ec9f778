"""The switchboard: who is being rung, who talks, who waits. Everything of it is in memory, and gone with the power."""
