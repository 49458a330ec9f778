"""The plain verbs of the `peerwork` command, one file each."""
