public import MatchCore

/// Why steps are made: the codes that a program declares in `Data/casework/reasons.yaml`. What a person has to say beside
/// them is a note, which can be taken away again; a code stands in the history for ever.
public struct ReasonBook: Hashable, Sendable, Codable {
    /// Why a wish is closed without being fulfilled, or ended.
    public let closings: CodeList
    /// Why an offer that was proposed is refused or given up; nil where the program has no list of its own for that.
    public let refusals: CodeList?
    /// Why anything else is done.
    public let steps: CodeList

    public init(closings: CodeList, steps: CodeList, refusals: CodeList? = nil) {
        self.closings = closings
        self.steps = steps
        self.refusals = refusals
    }

    /// What can be given as the reason of a step, those that are given most first.
    public var codes: [Code] { steps.codes + (refusals?.codes ?? []) + closings.codes }

    /// The words of a code; nil for one that is not declared.
    public func text(of code: Code) -> LocalizedText? {
        closings.text(of: code) ?? refusals?.text(of: code) ?? steps.text(of: code)
    }

    /// Throws `malformed` when a code stands twice or nothing is declared.
    public func check() throws {
        guard Set(codes).count == codes.count, !closings.codes.isEmpty, !steps.codes.isEmpty else {
            throw CaseworkError(
                .malformed, "The reasons cannot be used: a code stands twice, or a list is empty. Correct the file.",
                zhHans: "理由清单不可用：代码重复或清单为空。请修改文件。")
        }
    }

    /// Throws `reasonUnknown` for a code that is neither declared nor one of the others.
    func require(_ code: Code, besides others: [Code]) throws {
        let known = codes
        guard !known.contains(code), !others.contains(code) else { return }
        throw refusal(of: code, among: known + others)
    }

    /// Throws `reasonUnknown` for a code that is no reason to close a wish without fulfilling it.
    func requireClosing(_ code: Code, besides others: [Code]) throws {
        guard !closings.contains(code), !others.contains(code) else { return }
        throw refusal(of: code, among: closings.codes)
    }

    private func refusal(of code: Code, among codes: [Code]) -> CaseworkError {
        // A way of approval refuses for reasons that are closings as well: each stands in the list once.
        var listed: Set<Code> = []
        let known = codes.filter { listed.insert($0).inserted }
        let advice = CodeList.advice(for: code, among: known)
        return CaseworkError(
            .reasonUnknown, "'\(code)' is not a reason that fits here; words belong into the note. \(advice.en)",
            zhHans: "“\(code)”不是此处可用的理由代码；说明文字请写在备注中。\(advice.zhHans)")
    }
}
