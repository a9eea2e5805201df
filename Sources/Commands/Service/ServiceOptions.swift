import ArgumentParser
import Configuration
import MatchCore

/// The options of `almoner serve`, each of one ``ServiceSetting``.
struct ServiceOptions: ParsableArguments {
    @Option(help: ArgumentHelp(.host)) var host: String?
    @Option(help: ArgumentHelp(.port)) var port: Int?
    @Option(help: ArgumentHelp(.socket), completion: .file()) var socket: String?
    @Option(help: ArgumentHelp(.tlsCertificate), completion: .file()) var tlsCertificate: String?
    @Option(help: ArgumentHelp(.tlsKey), completion: .file()) var tlsKey: String?
    @Option(help: ArgumentHelp(.behindProxy)) var behindProxy: String?
    @Option(help: ArgumentHelp(.corsOrigin)) var corsOrigin: String?
    @Option(help: ArgumentHelp(.connections)) var connections: Int?
    @Option(help: ArgumentHelp(.connectionsPerAddress)) var connectionsPerAddress: Int?
    @Option(help: ArgumentHelp(.headSeconds)) var headSeconds: Int?
    @Option(help: ArgumentHelp(.idleSeconds)) var idleSeconds: Int?
    @Option(help: ArgumentHelp(.bodySeconds)) var bodySeconds: Int?
    @Option(help: ArgumentHelp(.bodyRate)) var bodyRate: Int?
    @Option(help: ArgumentHelp(.answerSeconds)) var answerSeconds: Int?
    @Option(help: ArgumentHelp(.takeSeconds)) var takeSeconds: Int?
    @Option(help: ArgumentHelp(.stopSeconds)) var stopSeconds: Int?
    @Option(help: ArgumentHelp(.headBytes)) var headBytes: Int?
    @Option(help: ArgumentHelp(.addressBytes)) var addressBytes: Int?
    @Option(help: ArgumentHelp(.bodyBytes)) var bodyBytes: Int?
    @Option(help: ArgumentHelp(.keyRate)) var keyRate: Int?
    @Option(help: ArgumentHelp(.keyBurst)) var keyBurst: Int?
    @Option(help: ArgumentHelp(.addressRate)) var addressRate: Int?
    @Option(help: ArgumentHelp(.addressBurst)) var addressBurst: Int?
    @Option(help: ArgumentHelp(.failureRate)) var failureRate: Int?
    @Option(help: ArgumentHelp(.failureBurst)) var failureBurst: Int?
    @Option(help: ArgumentHelp(.holdSeconds)) var holdSeconds: Int?
    @Option(help: ArgumentHelp(.keptHours)) var keptHours: Int?
    @Option(help: ArgumentHelp(.streamSeconds)) var streamSeconds: Int?
    @Option(help: ArgumentHelp(.heartbeatSeconds)) var heartbeatSeconds: Int?
    @Option(help: ArgumentHelp(.changeDays)) var changeDays: Int?
    @Option(help: ArgumentHelp(.browseGuest)) var browseGuest: Int?
    @Option(help: ArgumentHelp(.browseParty)) var browseParty: Int?
    @Option(help: ArgumentHelp(.importBytes)) var importBytes: Int?
    @Option(help: ArgumentHelp(.importSeconds)) var importSeconds: Int?
    @Option(help: ArgumentHelp(.atomicRows)) var atomicRows: Int?
    @Option(help: ArgumentHelp(.leaseAnswerHours)) var leaseAnswerHours: Int?
    @Option(help: ArgumentHelp(.leaseDispatchHours)) var leaseDispatchHours: Int?
    @Option(help: ArgumentHelp(.leaseRenewals)) var leaseRenewals: Int?
    @Option(help: ArgumentHelp(.runnerSeconds)) var runnerSeconds: Int?
    @Option(help: ArgumentHelp(.readers)) var readers: Int?
    @Option(help: ArgumentHelp(.replica)) var replica: String?
    @Option(help: ArgumentHelp(.answerMebibytes)) var answerMebibytes: Int?
    @Option(help: ArgumentHelp(.metricsTokenFile), completion: .file()) var metricsTokenFile: String?
    @Option(help: ArgumentHelp(.logLevel)) var logLevel: String?
    @Option(help: ArgumentHelp(.logFormat)) var logFormat: String?
    @Option(help: ArgumentHelp(.clock)) var clock: String?

    /// What was given on the command line.
    var given: [ServiceSetting: ConfigContent] {
        let texts: [ServiceSetting: String?] = [
            .host: host, .socket: socket, .tlsCertificate: tlsCertificate, .tlsKey: tlsKey,
            .metricsTokenFile: metricsTokenFile, .logLevel: logLevel, .logFormat: logFormat, .clock: clock,
            .replica: replica,
        ]
        let lists: [ServiceSetting: String?] = [.behindProxy: behindProxy, .corsOrigin: corsOrigin]
        let numbers: [ServiceSetting: Int?] = [
            .port: port, .connections: connections, .connectionsPerAddress: connectionsPerAddress,
            .headSeconds: headSeconds, .idleSeconds: idleSeconds, .bodySeconds: bodySeconds, .bodyRate: bodyRate,
            .answerSeconds: answerSeconds, .takeSeconds: takeSeconds, .stopSeconds: stopSeconds,
            .headBytes: headBytes, .addressBytes: addressBytes, .bodyBytes: bodyBytes, .keyRate: keyRate,
            .keyBurst: keyBurst, .addressRate: addressRate, .addressBurst: addressBurst,
            .failureRate: failureRate, .failureBurst: failureBurst, .holdSeconds: holdSeconds,
            .keptHours: keptHours, .streamSeconds: streamSeconds, .heartbeatSeconds: heartbeatSeconds,
            .changeDays: changeDays, .browseGuest: browseGuest, .browseParty: browseParty,
            .importBytes: importBytes, .importSeconds: importSeconds, .atomicRows: atomicRows,
            .leaseAnswerHours: leaseAnswerHours, .leaseDispatchHours: leaseDispatchHours, .leaseRenewals: leaseRenewals,
            .runnerSeconds: runnerSeconds, .readers: readers, .answerMebibytes: answerMebibytes,
        ]
        var given: [ServiceSetting: ConfigContent] = [:]
        for (setting, value) in texts { if let value { given[setting] = .string(value) } }
        for (setting, value) in numbers { if let value { given[setting] = .int(value) } }
        for (setting, value) in lists {
            if let value { given[setting] = .stringArray(value.split(separator: ",").map(String.init)) }
        }
        return given
    }
}

extension ArgumentHelp {
    /// What the setting is, its default, and its variable.
    init(_ setting: ServiceSetting) {
        let language = HelpText.language
        let usual = setting.usual.map { language == .zhHans ? "默认 \($0)；" : "default \($0); " } ?? ""
        self.init(stringLiteral: setting.words[language] + " (\(usual)\(setting.variable))")
        valueName = setting.valueName
    }
}
