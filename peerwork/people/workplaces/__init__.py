"""The places people work, as far as the network needs to know them."""
