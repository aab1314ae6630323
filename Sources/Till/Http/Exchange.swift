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

    /// The address at the other end of the connection: the asker's, or the proxy's.
    var peer: String { channel.remoteAddress?.ipAddress ?? "" }
}
