"""A file on its way in. It never touches the disk, and nobody can fill the memory with it."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from peerwork.ground.intake.files import LARGEST


class NoMoreThanWeTake(FileUploadHandler):
    """Keeps a request's files in memory, one byte more of them than we take; the rest is let go by.

    That one byte is enough for `files` to say, beside the field, that the file is too large.
    """

    def __init__(self, request=None) -> None:
        super().__init__(request)
        self.room = LARGEST + 1

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self.content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 — Django's own signature
        self.room -= self.content.write(raw_data[: self.room])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:  # noqa: ARG002 — Django's own signature
        size = self.content.tell()
        self.content.seek(0)
        return InMemoryUploadedFile(
            self.content,
            self.field_name,
            self.file_name,
            self.content_type,
            size,
            self.charset,
            self.content_type_extra,
        )
