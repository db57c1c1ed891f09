/** The stream of events: connects, reconnects where it stopped, and gives each event once. */

const NAMES = [
  "message",
  "message_changed",
  "messages_deleted",
  "action",
  "draft",
  "pins",
  "keyboard",
  "chat_changed",
  "bot_changed",
];
const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 5000;

/** Follows everyone's events from one id on. */
export class EventStream {
  #source = null;
  #last;
  #began;
  #wait = FIRST_WAIT_MS;
  #timer = 0;
  #handlers;

  /**
   * @param {{last_event_id: number, server_began: string}} people what was loaded: the events come after it
   * @param {{event: function(string, Object, number): void, reset: function(): void, connected: function(boolean): void}}
   *   handlers `event` gets the name, the data and the id; `reset` is called when events were lost (or the server is a
   *   new one) and everything has to be loaded again
   */
  constructor(people, handlers) {
    this.#from(people);
    this.#handlers = handlers;
    // A page that goes into the browser's cache must not keep its connection.
    addEventListener("pagehide", () => this.close());
    addEventListener("pageshow", (event) => event.persisted && this.open());
  }

  /** Connect; the events come from then on. */
  open() {
    this.close();
    // EventSource reconnects by itself, but gives up after some errors; one way for all cases is easier to trust.
    const source = new EventSource(`/users/events?after=${this.#last}`);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#wait = FIRST_WAIT_MS;
      this.#handlers.connected(true);
    });
    source.addEventListener("error", () => this.#retry());
    for (const name of NAMES) source.addEventListener(name, (event) => this.#take(name, event));
    source.addEventListener("reset", (event) => {
      this.#last = Number(event.lastEventId) || this.#last;
      this.#handlers.reset();
    });
  }

  /** Go on from another point, when everything was loaded again. */
  continueFrom(people) {
    this.#from(people);
    this.open();
  }

  /** Disconnect. */
  close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #from({ last_event_id: last, server_began: began }) {
    this.#last = last;
    this.#began = began;
  }

  #take(name, event) {
    const id = Number(event.lastEventId);
    if (id <= this.#last) return;
    this.#last = id;
    this.#handlers.event(name, JSON.parse(event.data), id);
  }

  #retry() {
    this.close();
    this.#handlers.connected(false);
    this.#timer = setTimeout(() => this.#reconnect(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  async #reconnect() {
    // A server that was restarted has forgotten everything, and its events are others under the same numbers.
    let people;
    try {
      const response = await fetch("/users");
      people = await response.json();
    } catch {
      this.#retry();
      return;
    }
    if (people.server_began !== this.#began) this.#handlers.reset();
    else this.open();
  }
}
