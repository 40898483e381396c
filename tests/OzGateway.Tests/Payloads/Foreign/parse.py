"""Reads each body of a folder as this language's own library does and writes what it found, one line for each field."""
import hashlib, json, os, re, sys
from email.parser import BytesParser
from urllib.parse import parse_qsl


def line(name, content, file=None):
    return "%s %s %s" % (name.encode().hex(), "-" if file is None else file.encode().hex(), hashlib.sha256(content).hexdigest())


def leaves(value, path):
    if isinstance(value, dict):
        for name, child in value.items():
            yield from leaves(child, path + "/" + name)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from leaves(child, "%s/%d" % (path, index))
    elif isinstance(value, str):
        yield line(path, value.encode())
    else:
        yield line(path, b"null" if value is None else b"true" if value is True else b"false" if value is False else b"number")


def fields(kind, body):
    if kind == "Json":
        yield from leaves(json.loads(body), "")
    elif kind == "Form":
        for name, value in parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True):
            yield line(name, value.encode())
    else:
        boundary = re.match(rb"--([^\r]+)", body).group(1)
        message = BytesParser().parsebytes(b'Content-Type: multipart/form-data; boundary="' + boundary + b'"\r\n\r\n' + body)
        for part in message.get_payload():
            yield line(part.get_param("name", header="content-disposition"), part.get_payload(decode=True), part.get_filename())


for number in range(int(sys.argv[3])):
    with open(os.path.join(sys.argv[1], str(number)), "rb") as file:
        print(number, ";".join(sorted(fields(sys.argv[2], file.read()))))
