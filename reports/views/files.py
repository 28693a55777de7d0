"""Handing a made file to the browser."""

from collections.abc import Iterable

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def file_response(content: bytes, name: str) -> HttpResponse:
    """A file to be saved under a name in plain letters; its ending says what it is."""
    return _named(HttpResponse(content, content_type=_type(name)), name)


def stream_response(pieces: Iterable[bytes], name: str) -> StreamingHttpResponse:
    """The same for a file that is sent while it is made."""
    return _named(StreamingHttpResponse(pieces, content_type=_type(name)), name)


def _type(name: str) -> str:
    return CONTENT_TYPES[name.rpartition(".")[2]]


def _named(response: HttpResponseBase, name: str):
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
