"""Keys only their owner holds, and what is sealed with them."""
