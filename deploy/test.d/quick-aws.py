"""The AWS command line without its start, which takes most of the time of a short call: a server has it loaded, with the
descriptions of the services that are asked most, and runs each call in a fork of its own, with the caller's environment,
folder and files. So it is the same program, but that it has read the user's settings, of which deploy/test leaves none.

    PYTHON-OF-AWS quick-aws.py serve SOCKET &
    python3 quick-aws.py call SOCKET ARGUMENT…
"""

import gc
import json
import os
import socket
import sys
import time

SERVICES = "athena cloudwatch databrew events glue iam lakeformation lambda logs quicksight s3 sns sqs sts"


def load():
    """Imports and reads what each call would."""
    import botocore.exceptions
    import botocore.session
    from awscli import clidriver

    session = clidriver.create_clidriver().session
    loader = session.get_component("data_loader")
    for service in SERVICES.split():
        session.create_client(service, "us-east-1", endpoint_url="http://127.0.0.1:1")
        for kind in ("paginators-1", "waiters-2"):
            try:
                loader.load_service_model(service, kind)
            except botocore.exceptions.DataNotFoundError:
                pass  # not all have them
    session.get_available_services()
    session.get_data("cli")
    botocore.session.create_loader = lambda path: loader
    driver = clidriver.create_clidriver()  # one that knows no credentials yet
    gc.collect()
    gc.freeze()  # a fork that cleans up would copy it all
    return driver


def serve(path):
    driver = load()
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(64)
    while True:
        caller, _ = server.accept()
        if os.fork():
            caller.close()
            reap()
        else:
            server.close()
            run(caller, driver)


def reap():
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def run(caller, driver):
    text, files, _, _ = socket.recv_fds(caller, 1 << 20, 3)
    while not text.endswith(b"\n"):
        text += caller.recv(1 << 20)
    call = json.loads(text)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(call["folder"])
    of_program = os.environ["AWS_DATA_PATH"]  # set by the program itself when it is loaded
    os.environ.clear()
    os.environ.update(call["environment"], AWS_DATA_PATH=of_program)
    sys.argv = ["aws", *call["arguments"]]
    try:
        code = driver.main()
    except SystemExit as end:
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    caller.sendall(b"%d" % (code or 0))
    os._exit(0)


def call(path, arguments):
    server = socket.socket(socket.AF_UNIX)
    for _ in range(600):  # it may not be there yet
        try:
            server.connect(path)
            break
        except (FileNotFoundError, ConnectionRefusedError):
            time.sleep(0.1)
    text = json.dumps({"folder": os.getcwd(), "environment": dict(os.environ), "arguments": arguments}).encode() + b"\n"
    sent = socket.send_fds(server, [text], [0, 1, 2])
    server.sendall(text[sent:])
    return int(server.recv(16) or 255)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    else:
        sys.exit(call(sys.argv[2], sys.argv[3:]))
