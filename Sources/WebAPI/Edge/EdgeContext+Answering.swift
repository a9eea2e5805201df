internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import Wire

/// What is done for every request around its answer, wherever that is made.
extension EdgeContext {
    /// Counts a request against its caller's rate, once. Returns what is answered in place of a route: a browser's
    /// question beforehand, or that there were too many.
    func admit(_ incoming: inout Incoming) -> APIResponse? {
        guard incoming.counted == nil else { return nil }
        let request = incoming.request
        if let preflight = crossOrigin.preflight(request) { return preflight }
        let allowance = rates.take(
            incoming.limits.rateCost, authorization: request.headers[.authorization], address: incoming.address,
            now: milliseconds)
        incoming.counted = Incoming.Counted(allowance: allowance)
        guard let allowance, !allowance.isGranted else { return nil }
        var response = ProblemAnswer.response(.tooManyRequests(seconds: allowance.seconds), to: request)
        response.headers.state(allowance)
        return response
    }

    /// Counts a wrong token or notes a good one, and states what is left.
    func conclude(_ response: inout APIResponse, for incoming: Incoming) {
        let request = incoming.request
        let authorization = request.headers[.authorization]
        if response.status == .unauthorized {
            rates.countFailure(authorization: authorization, address: incoming.address, now: milliseconds)
        } else if let authorization, response.status.kind == .successful || response.status == .notModified,
            request.method != .options, request.path.first == "v1"
        {
            // Every operation looks at a token that is sent; pages for everybody do not.
            rates.countSuccess(authorization: authorization)
        }
        if let allowance = incoming.counted?.allowance { response.headers.state(allowance) }
    }

    /// The whole answer to a request, made on the event loop; nil where the connection's task has to make it.
    func answerAtOnce(_ incoming: inout Incoming) -> (HTTPResponseHead, ByteBuffer)? {
        let begun = ContinuousClock.now
        var response: APIResponse
        if let refused = admit(&incoming) {
            response = refused
        } else {
            guard let made = handler.respondAtOnce(to: incoming.request) else { return nil }
            if case .stream = made.body { return nil }
            if made.isHeavy(incoming.request.headers, light: ConnectionTask.lightBytes) { return nil }
            response = made
            conclude(&response, for: incoming)
        }
        let request = incoming.request
        crossOrigin.complete(&response, for: request)
        let (head, body) = finisher.finish(
            response, headers: request.headers, requestID: request.requestID, isHead: request.method == .head)
        record(incoming, status: response.status, bytes: body.readableBytes, since: begun)
        return (head, body)
    }
}
