import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Stands where a connection enters. Every answer takes the security headers on its way out, those that the HTTP library
/// makes by itself included. An answer that goes out before the whole of its question was read is the connection's last:
/// whoever announces a gigabyte and sends a byte a minute would keep it for ever.
///
/// A handler belongs to one connection and runs on its event loop.
final class Doorkeeper: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let headers: SecurityHeaders
    /// Questions that were read to their end, and answers that were given.
    private var read = 0
    private var answered = 0
    private var isLast = false
    private var isShut = false

    /// What still comes is thrown away for this long: a connection that is closed upon a sender loses the answer too.
    private static let patience = TimeAmount.seconds(3)

    init(headers: SecurityHeaders) {
        self.headers = headers
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isShut else { return }
        if case .end = unwrapInboundIn(data) { read += 1 }
        context.fireChannelRead(data)
    }

    func write(
        context: ChannelHandlerContext,
        data: NIOAny,
        promise: EventLoopPromise<Void>?
    ) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.kind != .informational:
            isLast = read <= answered
            if isLast { head.headerFields[.connection] = "close" }
            headers.add(to: &head.headerFields)
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end where isLast:
            answered += 1
            isShut = true
            context.writeAndFlush(data, promise: promise)
            let channel = context.channel
            channel.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
        case .end:
            answered += 1
            context.write(data, promise: promise)
        case .head, .body:
            context.write(data, promise: promise)
        }
    }
}
