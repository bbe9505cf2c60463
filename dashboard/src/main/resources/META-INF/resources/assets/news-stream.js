// The stream of news from the server: one connection for the topics that are wanted now, opened anew when they change.
const RETRY_MILLIS = 1500;
const SETTLE_MILLIS = 30;
const TOPIC = /^\{"topic":("(?:[^"\\]|\\.)*")/;

export class NewsStream {
  // onNews(topic, text), onLost()
  constructor(onNews, onLost) {
    this.onNews = onNews;
    this.onLost = onLost;
    this.topics = [];
    this.source = null;
    this.timer = null;
  }

  want(topics) {
    const wanted = [...new Set(topics)].sort();
    if (wanted.join('\n') === this.topics.join('\n')) return;
    this.topics = wanted;
    // Several tabs may change their mind at once, as when a browser is opened with its old tabs.
    this.openIn(SETTLE_MILLIS);
  }

  openIn(millis) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), millis);
  }

  open() {
    if (this.source) this.source.close();
    this.source = null;
    if (this.topics.length === 0) return;
    const query = this.topics.map((topic) => `topic=${encodeURIComponent(topic)}`).join('&');
    const source = new EventSource(`/api/live?${query}`);
    this.source = source;
    source.onmessage = (event) => {
      const topic = TOPIC.exec(event.data);
      if (topic) this.onNews(JSON.parse(topic[1]), event.data);
    };
    source.onerror = () => {
      this.onLost();
      // The browser itself retries a broken stream, but gives up on a refused one.
      if (source.readyState === EventSource.CLOSED && this.source === source) this.openIn(RETRY_MILLIS);
    };
  }
}
