internal import NIOCore

/// Stands before the parser and tells the connection's handler of every byte that came in, so that its deadlines start
/// with the first byte of a head and not with its last.
final class ArrivalTap: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let handler: ConnectionHandler

    init(_ handler: ConnectionHandler) {
        self.handler = handler
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        guard handler.admit(buffer.readableBytesView) else { return }
        context.fireChannelRead(data)
        handler.parserFinished(count: buffer.readableBytes)
    }
}
