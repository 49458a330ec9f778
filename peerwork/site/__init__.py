"""The front door: settings, addresses, the one command that serves. Imports every room; no room imports it."""
