"""Somebody wanted to see what waits with `ls`: a file of its own for each slip."""

from peerwork.ground.postbox import staging


def plant(patch):
    keep, empty = staging.keep, staging.empty

    def kept(round_id, mark, content):
        (staging._folder() / mark).write_bytes(content)
        return keep(round_id, mark, content)

    def emptied(round_id):
        for path in staging._folder().iterdir():
            if len(path.name) == 64 and path.read_bytes() in staging.all_of(round_id).values():
                path.unlink()
        empty(round_id)

    patch.setattr(staging, "keep", kept)
    patch.setattr(staging, "empty", emptied)
