internal import HTTPTypes
internal import NIOCore
internal import Wire

/// When a connection is looked at again, and what becomes of one that is late.
extension ConnectionHandler {
    /// When the handler has to look again at the latest.
    private func nextLook(_ now: NIODeadline) -> NIODeadline? {
        var next = answerDeadline
        func look(at time: NIODeadline) { next = next.map { min($0, time) } ?? time }
        let limits = edge.limits
        if waitingBytes > 0 { look(at: lastTaken + .seconds(Int64(limits.takeSeconds))) }
        switch receiving {
        case .idle(let since) where open.isEmpty: look(at: since + .seconds(Int64(limits.idleSeconds)))
        case .head(let since) where open.isEmpty: look(at: since + .seconds(Int64(limits.headSeconds)))
        case .whole, .streamed: look(at: now + .milliseconds(500))
        default: break
        }
        return next
    }

    /// Sees that the handler looks again in time. One timer serves all deadlines; one that moved later is found out when
    /// it fires, so that a busy connection sets none.
    func arm() {
        guard let context else { return }
        guard let at = nextLook(.now()) else { return }
        if let armed {
            if armed.at <= at { return }
            armed.task.cancel()
        }
        let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: at) { [self] in
            armed = nil
            look()
        }
        armed = (task, at)
    }

    private func look() {
        guard let context else { return }
        let now = NIODeadline.now()
        let limits = edge.limits
        if waitingBytes > 0, now - lastTaken >= .seconds(Int64(limits.takeSeconds)) {
            edge.metrics.closed("notTaken")
            return context.close(promise: nil)
        }
        if let answerDeadline, now >= answerDeadline { return giveUp(context) }
        switch receiving {
        case .idle(let since) where open.isEmpty && now - since >= .seconds(Int64(limits.idleSeconds)):
            edge.metrics.closed("idle")
            return context.close(promise: nil)
        case .head(let since) where open.isEmpty && now - since >= .seconds(Int64(limits.headSeconds)):
            if headBytes == 0 {
                edge.metrics.closed("silent")
                return context.close(promise: nil)
            }
            refuse(.tooSlow())
        case .whole(let incoming)
        where progress.isOver(incoming.limits, graceSeconds: limits.rateGraceSeconds, now: now):
            refuse(.tooSlow(), language: incoming.request.headers[.acceptLanguage])
        case .streamed(let route) where progress.isOver(route, graceSeconds: limits.rateGraceSeconds, now: now):
            refuse(.tooSlow())
        default: break
        }
        arm()
    }

    /// The answer did not come in time.
    private func giveUp(_ context: ChannelHandlerContext) {
        edge.metrics.closed("answerDeadline")
        guard !answerHasBegun else { return context.close(promise: nil) }
        answerDeadline = nil
        let (head, body) = edge.finisher.problem(.overdue(), language: nil, requestID: edge.requestID(given: nil))
        writeHead(head, closes: true, context: context)
        writeBody(body, context: context)
        writeEnd(context: context, promise: nil)
        // Closing the whole ends the task that is late.
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(200)) { [self] in
            self.context?.close(promise: nil)
        }
    }
}
