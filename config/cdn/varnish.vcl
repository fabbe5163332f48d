# The page behind a cache: Varnish here, and in config/cdn/README.md the same rules in the words of
# the large networks. Readers are served from the cache; Signalbox is asked at most once a second
# for each document, and what it said last is shown while it cannot be reached.
vcl 4.1;

import std;

backend signalbox {
    .host = "127.0.0.1";
    .port = "8080";
    .first_byte_timeout = 5s;
    .probe = {
        .url = "/healthz";
        .interval = 2s;
        .timeout = 1s;
        .window = 4;
        .threshold = 2;
    }
}

sub vcl_recv {
    # The live stream is no document. Varnish puts the reader's address into X-Forwarded-For.
    if (req.url ~ "^/(.*/)?live$") {
        return (pipe);
    }
    # Health is asked of the program itself; what is handed in is not a cache's business.
    if (req.url ~ "^/(healthz|readyz)$" || (req.method != "GET" && req.method != "HEAD")) {
        return (pass);
    }
    # Pages behind a token or a password.
    if (req.http.Authorization || req.http.Cookie) {
        return (pass);
    }
    # Languages differ by Vary; a few wishes are enough copies.
    if (req.http.Accept-Language) {
        set req.http.Accept-Language = std.tolower(regsub(req.http.Accept-Language, "[,;].*$", ""));
    }
    return (hash);
}

sub vcl_pipe {
    # Each stream has a connection of its own, and none is kept for another reader.
    set bereq.http.Connection = "close";
}

sub vcl_backend_response {
    if (beresp.http.Cache-Control ~ "(private|no-store)") {
        set beresp.uncacheable = true;
        set beresp.ttl = 5s;
        return (deliver);
    }
    # Documents say `no-cache`: they may be kept when asked for anew. Once a second is anew enough.
    if (beresp.status == 200 || beresp.status == 304) {
        if (beresp.http.Cache-Control ~ "immutable") {
            set beresp.ttl = 1d;
        } else {
            set beresp.ttl = 1s;
        }
        # Shown while Signalbox is away: the document itself says as of when it is.
        set beresp.grace = 1d;
        set beresp.keep = 1d;
        return (deliver);
    }
    # Missing documents for a moment; trouble is not kept, and what was there before is shown.
    if (beresp.status == 404) {
        set beresp.ttl = 1s;
        set beresp.grace = 0s;
        return (deliver);
    }
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
    set beresp.uncacheable = true;
    set beresp.ttl = 0s;
    return (deliver);
}

sub vcl_backend_error {
    set beresp.http.Retry-After = "5";
}
