import ArgumentParser
import WebAPI
import Wire

/// `almoner openapi`: the document that a server gives out at `/openapi.json`, over several lines.
struct OpenAPICommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("openapi", .openAPI) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        session.say(String(try OpenAPIDocument().json.printed().dropLast()))
        return .success
    }
}
