import Foundation
import Shop
import Testing

@testable import Till

@Suite("Templates")
struct TemplateTests {
    @Test("every tag of every template is a field of its page, and every section is entered")
    func everyTagIsAField() async throws {
        let templates = try TemplateFolder()
        let words = try await Pages().words(.french)
        var walk = TemplateWalk(templates: templates)
        for page in try Samples.all(words) {
            for shell in Samples.shells(words) {
                walk.walk(page, in: shell, words: words)
            }
        }
        #expect(walk.faults.sorted() == [])
        #expect(walk.sectionsNeverEntered().sorted() == [])
        #expect(templates.names.subtracting(walk.templatesSeen).sorted() == [])
    }

    @Test("a tag that its page lacks is found, in the open, in a section and in a partial")
    func aTagThatItsPageLacksIsFound() async throws {
        let words = try await Pages().words(.french)
        let templates = TemplateFolder(texts: [
            "refusal": "{{what}}{{#refusal}}{{what}}{{whence}}{{>part}}{{/refusal}}",
            "part": "{{now}}{{later}}{{{why}}}",
        ])
        var walk = TemplateWalk(templates: templates)
        let refusal = RefusalCard(what: "a", why: "b", now: "c", reference: "d")
        walk.walk(RefusalPage(refusal: refusal), in: Samples.shells(words)[0], words: words)
        #expect(
            walk.faults.sorted() == [
                "part: {{later}} is no field", "part: {{{why}}} is not markup of ours",
                "refusal: {{what}} is no field", "refusal: {{whence}} is no field",
            ]
        )
    }

    @Test("every page renders in both languages, escaped, without style or script inside")
    func everyPageRenders() async throws {
        let pages = try await Pages()
        for language in Language.allCases {
            let words = pages.words(language)
            for (index, page) in try Samples.all(words).enumerated() {
                let shell = Samples.shells(words)[0]
                let html = pages.render(page, in: shell)
                let name = "\(type(of: page).template)-\(index)"
                #expect(html.contains("</html>"), "\(name)")
                #expect(!html.contains(" style=\""), "\(name)")
                #expect(html.firstMatch(of: /<script(?![^>]*\bsrc=)/) == nil, "\(name)")
                #expect(html.firstMatch(of: /\son[a-z]+="/) == nil, "\(name)")
                try look(at: html, named: "\(language.rawValue)-\(name)")
            }
        }
    }

    @Test("what a person typed is never markup")
    func whatAPersonTypedIsNeverMarkup() async throws {
        let pages = try await Pages()
        let words = pages.words(.french)
        let hostile = "<script>alert(1)</script>"
        let page = RefusalPage(
            refusal: RefusalCard(what: hostile, why: hostile, now: hostile, reference: hostile)
        )
        let html = pages.render(page, in: Samples.shells(words)[0])
        #expect(!html.contains(hostile))
        #expect(html.contains("&lt;script&gt;alert(1)"))
    }

    /// Keeps each page in the folder that COMPTOIR_LOOK names, for people's eyes.
    private func look(at html: String, named name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["COMPTOIR_LOOK"] else { return }
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        try html.write(toFile: "\(folder)/\(name).html", atomically: true, encoding: .utf8)
    }
}
