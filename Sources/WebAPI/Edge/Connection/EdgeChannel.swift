internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import Wire

/// A connection as Hummingbird's server runs it: the handlers on its event loop, and the task that answers.
struct EdgeChannel: ServerChildChannel {
    typealias Value = NIOAsyncChannel<Arrival, Departure>

    let edge: EdgeContext

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let peer = channel.remoteAddress.flatMap { NetworkAddress($0) }
            guard edge.connections.admit(channel, from: peer, isProxy: edge.proxies.contains(peer)) else {
                edge.metrics.closed("tooMany")
                channel.close(promise: nil)
                throw ChannelError.alreadyClosed
            }
            let pipeline = channel.pipeline.syncOperations
            let handler = ConnectionHandler(edge: edge, peer: peer)
            var decoderLimits = NIOHTTPDecoderLimitConfiguration()
            decoderLimits.maxHeaderFieldSize = edge.limits.headBytes
            decoderLimits.maxHeaderListSize = edge.limits.headBytes
            decoderLimits.maxHeaderFieldCount = edge.limits.fieldCount
            try pipeline.addHandler(ArrivalTap(handler))
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: decoderLimits)
            try pipeline.addHandler(handler)
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(
                    backPressureStrategy: .init(lowWatermark: 1, highWatermark: 4), isOutboundHalfClosureEnabled: false)
            )
        }
    }

    /// Serves the connection on its event loop: a request that need not wait for anything else changes no thread.
    func handle(value: Value, logger: Logger) async {
        await withTaskExecutorPreference(LoopExecutor(value.channel.eventLoop)) { await serve(value, logger: logger) }
    }

    private func serve(_ value: Value, logger: Logger) async {
        do {
            try await value.executeThenClose { inbound, outbound in
                await withDiscardingTaskGroup { group in
                    group.addTask {
                        let isWhole = await ConnectionTask(edge: edge, outbound: outbound).run(inbound)
                        if !isWhole { value.channel.close(promise: nil) }
                    }
                    // The client has left, or a deadline was passed: whatever is being done for it ends.
                    try? await value.channel.closeFuture.get()
                    group.cancelAll()
                }
            }
        } catch {
            logger.trace("a connection broke")
        }
    }
}
