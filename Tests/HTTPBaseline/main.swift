// The peer of the service's benchmark: Hummingbird answering the bytes of one file, and nothing else.
//
// usage: HTTPBaseline PORT FILE
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

let arguments = CommandLine.arguments
guard arguments.count == 3, let port = Int(arguments[1]), let data = FileManager.default.contents(atPath: arguments[2])
else {
    FileHandle.standardError.write(Data("usage: HTTPBaseline PORT FILE\n".utf8))
    exit(64)
}
let bytes = ByteBuffer(bytes: data)
let router = Router()
router.get("/") { _, _ in
    Response(status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: bytes))
}
var logger = Logger(label: "baseline")
logger.logLevel = .error
let application = Application(
    router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
    logger: logger)
try await application.runService()
