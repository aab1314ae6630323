import Foundation
import Mustache
import Shop

/// Every template and every word, read once at start.
struct Pages: Sendable {
    private let library: MustacheLibrary
    private let french: Words
    private let english: Words

    /// - Throws: when a template does not parse or two tables of words hold the same key.
    init() async throws {
        library = try await MustacheLibrary(directory: Self.folder("Templates").path)
        french = try Words(.french, in: Self.folder("Words"))
        english = try Words(.english, in: Self.folder("Words"))
    }

    /// A folder of this module's resources: Templates, Words, Assets.
    static func folder(_ name: String) -> URL {
        Bundle.module.bundleURL.appending(path: name, directoryHint: .isDirectory)
    }

    func words(_ language: Language) -> Words {
        switch language {
        case .french: french
        case .english: english
        }
    }

    /// The whole page as HTML, in the language of `shell`.
    func render(_ page: some Page, in shell: Shell) -> String {
        render(page, in: shell, template: type(of: page).template)
    }

    /// The same by another of the page's templates.
    func render(_ page: some Page, in shell: Shell, template: String) -> String {
        let words = words(Language(rawValue: shell.language) ?? .french)
        var fields: [String: Any] = ["w": words.table, "shell": shell]
        for (label, value) in Mirror(reflecting: page).children {
            guard let label, let value = unwrap(value) else { continue }
            fields[label] = value
        }
        guard let html = library.render(fields, withTemplate: template) else {
            preconditionFailure("no template \(template)")
        }
        return html
    }

    /// What an optional holds; any other value as it is.
    private func unwrap(_ value: Any) -> Any? {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .optional else { return value }
        return mirror.children.first?.value
    }
}
