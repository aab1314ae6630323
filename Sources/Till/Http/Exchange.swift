import Hummingbird
import Logging
import NIOCore

/// What Hummingbird carries along with one request.
struct Exchange: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// What the log and the person's screen say of this request. Hummingbird keeps it in the logger, where a logger that
    /// drops what it is told has none.
    var requestID: String { logger[metadataKey: "hb.request.id"]?.description ?? "-" }

    /// The address at the other end of the connection: the asker's, or the proxy's.
    var peer: String { channel.remoteAddress?.ipAddress ?? "" }
}
