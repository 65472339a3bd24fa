"""Starts moto_server for the emulator: `python3 moto_launcher.py PORT` with a pipe as standard input.

- The answer to CompleteMultipartUpload gets the root element that S3 gives it; SDK v1 and pyarrow fail on moto's own.
- The emulator's own calls, known by a secret header, are not subject to IAM when moto enforces it.
- The server ends when its standard input does: it cannot outlive the emulator, however that one dies.
"""

import os
import signal
import sys
import threading

from moto.core import responses, serialize
from moto.server import main

SECRET_HEADER = "x-crossfoot-emulator"


def end_with_parent():
    while sys.stdin.buffer.read(4096):
        pass
    os.kill(os.getpid(), signal.SIGKILL)


def mend_multipart_answer(original):
    def mended(self, resp, result, shape, serialized_result):
        resp = original(self, resp, result, shape, serialized_result)
        if self.operation_model.name == "CompleteMultipartUpload":
            resp["body"] = resp["body"].replace("CompleteMultipartUploadResponse", "CompleteMultipartUploadResult")
        return resp

    return mended


def trust_emulator(original, secret):
    def trusting(self, *arguments):
        if self.headers.get(SECRET_HEADER) != secret:
            original(self, *arguments)

    return trusting


for serializer in list(vars(serialize).values()):
    if isinstance(serializer, type) and "_serialized_result_to_response" in vars(serializer) and hasattr(serializer, "CONTENT_TYPE"):
        serializer._serialized_result_to_response = mend_multipart_answer(vars(serializer)["_serialized_result_to_response"])

mixin = responses.ActionAuthenticatorMixin
mixin._authenticate_and_authorize_action = trust_emulator(
    mixin._authenticate_and_authorize_action, os.environ["CROSSFOOT_EMULATOR_SECRET"]
)

threading.Thread(target=end_with_parent, daemon=True).start()
sys.exit(main(["-H", "127.0.0.1", "-p", sys.argv[1]]))
