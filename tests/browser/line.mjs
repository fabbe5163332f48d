// A line between a browser and a board that a test can cut, refuse and let hang; it remembers what was asked.
import http from "node:http";

export class Line {
  #server;
  #sockets = new Set();
  #held = [];
  /** What was asked for, oldest first: {path, lastEventId}. */
  asked = [];
  /** Live streams that are open. */
  streams = 0;
  /** "open", "refuse the stream", "dead": connections break; "hang": nothing is answered, and nothing goes on. */
  state = "open";

  constructor(board) {
    const to = new URL(board.public);
    this.#server = http.createServer((request, answer) => this.#pass(to, request, answer));
    this.#server.on("connection", (socket) => {
      if (this.state === "dead") return socket.destroy();
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
  }

  #pass(to, request, answer) {
    this.asked.push({ path: request.url, lastEventId: request.headers["last-event-id"] });
    if (this.state === "hang") return void this.#held.push(answer);
    if (this.state === "refuse the stream" && request.url.endsWith("/live")) {
      return void answer.writeHead(503).end();
    }
    const onward = http.request({ host: to.hostname, port: to.port, path: request.url, headers: request.headers });
    onward.on("response", (from) => {
      answer.writeHead(from.statusCode, from.headers);
      from.on("data", (piece) => this.state !== "hang" && answer.write(piece));
      from.on("end", () => answer.end());
    });
    onward.on("error", () => answer.destroy());
    if (request.url.endsWith("/live")) this.streams += 1;
    answer.on("close", () => {
      if (request.url.endsWith("/live")) this.streams -= 1;
      onward.destroy();
    });
    onward.end();
  }

  async listen() {
    await new Promise((ready) => this.#server.listen(0, "127.0.0.1", ready));
    this.public = `http://127.0.0.1:${this.#server.address().port}`;
    return this;
  }

  /** Breaks what is open. */
  cut() {
    for (const socket of this.#sockets) socket.destroy();
  }

  close() {
    this.cut();
    this.#server.close();
  }
}
