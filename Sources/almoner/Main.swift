import Commands
import Foundation

@main
struct Main {
    static func main() async {
        let status = await AlmonerProgram.run(Array(CommandLine.arguments.dropFirst()))
        exit(status.rawValue)
    }
}
