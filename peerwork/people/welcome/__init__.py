"""The coordinator's desk: inviting people, pausing, removing with a second word, handing over."""
