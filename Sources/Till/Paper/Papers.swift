public import Shop
public import Store

/// A page that is also a file for paper: its `sheet` is a template that stands alone, without the frame.
protocol Sheet: Page {
    /// The file in Templates, without its extension.
    static var sheet: String { get }
}

extension Pages {
    /// The page as a document that names no other file, for `PDF`.
    func sheet<Page: Sheet>(_ page: Page, in shell: Shell) -> String {
        render(page, in: shell, template: Page.sheet)
    }
}

/// The papers of the shop, for whoever makes them without a browser.
public struct Papers: Sendable {
    private let pages: Pages
    let language: Language
    private let isDemonstration: Bool

    /// Reads templates and words once.
    public init(in language: Language, isDemonstration: Bool) async throws {
        pages = try await Pages()
        self.language = language
        self.isDemonstration = isDemonstration
    }

    init(_ pages: Pages, in language: Language, isDemonstration: Bool) {
        self.pages = pages
        self.language = language
        self.isDemonstration = isDemonstration
    }

    /// For whoever asks by a page.
    init(_ context: Context) {
        self.init(context.pages, in: context.language, isDemonstration: context.isDemonstration)
    }

    /// The words of the paper's language.
    var words: Words { pages.words(language) }

    /// Words as papers and mails say them.
    func words(_ name: String, _ facts: [String: String]) -> String {
        pages.words(language)(name, facts)
    }

    /// The voucher that a prescriber signed. Throws `paperUnavailable`.
    public func voucher(
        _ own: OwnVoucher,
        structure: String,
        association: String
    ) async throws -> [UInt8] {
        let words = pages.words(language)
        return try await bytes(
            OwnVoucherPrintPage(words, own, structure: structure, association: association)
        )
    }

    /// What a finished course attests. Throws `paperUnavailable`.
    public func attestation(_ attestation: Attestation) async throws -> [UInt8] {
        try await bytes(AttestationPage(pages.words(language), attestation))
    }

    /// Blank questionnaires, a page a person. Throws `paperUnavailable`.
    public func questionnaires(_ papers: PaperQuestionnaires) async throws -> [UInt8] {
        try await bytes(PaperPage(pages.words(language), papers))
    }

    /// A paper that is French wherever it is drawn. Throws `paperUnavailable`.
    func inFrench(_ page: (Words) -> some Sheet) async throws -> [UInt8] {
        try await bytes(page(pages.words(.french)), in: .french)
    }

    private func bytes(_ page: some Sheet) async throws -> [UInt8] {
        try await bytes(page, in: language)
    }

    private func bytes(_ page: some Sheet, in language: Language) async throws -> [UInt8] {
        let shell = Shell(
            pages.words(language),
            path: "/",
            csrf: "",
            demonstration: isDemonstration
        )
        return try await PDF.bytes(of: pages.sheet(page, in: shell))
    }
}

extension Context {
    /// The page as a PDF under a name of ASCII letters.
    func file(_ page: some Sheet, named name: String) async throws -> Answer {
        .file(
            "\(name).pdf",
            type: "application/pdf",
            try await PDF.bytes(of: pages.sheet(page, in: shell()))
        )
    }
}
