"""A bucket as Amazon's S3 is, which checks every signature by itself, and can misbehave."""
import hashlib
import hmac
import http.server
import re
import socketserver
import threading
import time
import urllib.parse
from xml.sax.saxutils import escape

KEY_ID = "AKIDTEST"
SECRET = "a secret/with+signs"
REGION = "eu-west-1"
BUCKET = "status"


def signature(method, path, query, headers, signed, payload, stamp):
    """Signature Version 4, from Amazon's description of it."""
    pairs = sorted(urllib.parse.parse_qsl(query, keep_blank_values=True))
    canonical_query = "&".join(f"{urllib.parse.quote(k, safe='-_.~')}={urllib.parse.quote(v, safe='-_.~')}" for k, v in pairs)
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in signed)
    canonical = "\n".join([method, path, canonical_query, lines, ";".join(signed), payload])
    day = stamp[:8]
    scope = f"{day}/{REGION}/s3/aws4_request"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + SECRET).encode()
    for part in (day, REGION, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


class Bucket:
    """Objects by key: (body, headers). `puts` and `deletes` tell what was asked for, in order."""

    def __init__(self):
        self.objects, self.puts, self.deletes, self.lists, self.bad_signatures = {}, [], [], 0, []
        self.bytes = 0
        self.misbehave = None  # called with (method, key); "500", "403", "cut", "partial", "hang" or None
        self.delay = 0.0
        self.page_size = 100  # small, so that listings have several pages
        self.lock = threading.Lock()
        bucket = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_PUT(self):
                bucket.answer(self)

            do_GET = do_DELETE = do_PUT

        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_):
                pass  # whoever was killed hangs up

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wrong(self, asked, body):
        """What is wrong with the signature; "" when it is right."""
        headers = {name.lower(): value for name, value in asked.headers.items()}
        match = re.fullmatch(r"AWS4-HMAC-SHA256 Credential=(\S+?)/(\d{8})/(\S+?)/s3/aws4_request, ?SignedHeaders=(\S+), ?Signature=(\w+)",
                             headers.get("authorization", ""))
        if not match:
            return "no signature: " + headers.get("authorization", "none")
        payload = headers.get("x-amz-content-sha256", "")
        if payload != hashlib.sha256(body).hexdigest():
            return "the payload's hash"
        signed = match.group(4).split(";")
        if not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(signed) or signed != sorted(signed):
            return "not signed: " + match.group(4)
        path, _, query = asked.path.partition("?")
        right = signature(asked.command, path, query, headers, signed, payload, headers["x-amz-date"])
        return "" if match.group(1) == KEY_ID and right == match.group(5) else "the signature"

    def answer(self, asked):
        length = int(asked.headers.get("Content-Length", 0))
        path, _, query = asked.path.partition("?")
        key = urllib.parse.unquote(path)[len(BUCKET) + 2:]
        how = self.misbehave and self.misbehave(asked.command, key)
        if how == "partial":  # half of it was read when the connection broke
            asked.rfile.read(length // 2)
            return self.cut(asked)
        body = asked.rfile.read(length)
        if how == "cut":
            return self.cut(asked)
        if how == "hang":
            time.sleep(2.5)
            return self.cut(asked)
        if how in ("500", "403"):
            return self.reply(asked, int(how), b"<Error><Code>" + (b"InternalError" if how == "500" else b"AccessDenied") + b"</Code></Error>")
        wrong = self.wrong(asked, body)
        if wrong:
            self.bad_signatures.append(wrong)
            return self.reply(asked, 403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
        time.sleep(self.delay)
        return self.obey(asked, key, query, body)

    def obey(self, asked, key, query, body):
        tag = '"' + hashlib.md5(body).hexdigest() + '"'
        with self.lock:
            if asked.command == "PUT":
                headers = {name.lower(): value for name, value in asked.headers.items()}
                self.objects[key] = (body, headers)
                self.puts.append(key)
                self.bytes += len(body)
            elif asked.command == "DELETE":
                self.objects.pop(key, None)
                self.deletes.append(key)
                return self.reply(asked, 204, b"")
            else:
                self.lists += 1
                return self.reply(asked, 200, self.listing(dict(urllib.parse.parse_qsl(query))))
        return self.reply(asked, 200, b"", {"ETag": tag})

    def listing(self, query):
        keys = sorted(k for k in self.objects if k.startswith(query.get("prefix", "")))
        start = int(query.get("continuation-token", "0"))
        some = keys[start:start + self.page_size]
        rows = "".join(f"<Contents><Key>{escape(urllib.parse.quote(k))}</Key><ETag>&quot;{hashlib.md5(self.objects[k][0]).hexdigest()}&quot;</ETag>"
                       f"<Size>{len(self.objects[k][0])}</Size></Contents>" for k in some)
        more = start + len(some) < len(keys)
        token = f"<NextContinuationToken>{start + len(some)}</NextContinuationToken>" if more else ""
        return (f'<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>{BUCKET}</Name>'
                f"<IsTruncated>{'true' if more else 'false'}</IsTruncated>{token}{rows}</ListBucketResult>").encode()

    @staticmethod
    def cut(asked):
        asked.close_connection = True
        asked.connection.close()

    @staticmethod
    def reply(asked, status, body, headers=None):
        asked.send_response(status)
        for name, value in (headers or {}).items():
            asked.send_header(name, value)
        asked.send_header("Content-Length", str(len(body)))
        asked.end_headers()
        asked.wfile.write(body)

    def files(self):
        """Name to bytes, without the addresses that stand for pages."""
        with self.lock:
            return {k: v[0] for k, v in self.objects.items() if k + ".html" not in self.objects and not k.endswith("/")}
