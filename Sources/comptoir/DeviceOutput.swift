public import ArgumentParser
import Foundation
public import Shop
import Store

extension DeviceKind: ExpressibleByArgument {}
extension PictureCaption: ExpressibleByArgument {}
extension DeviceFilter: ExpressibleByArgument {
    public init?(argument: String) { self.init(rawValue: argument) }
}
extension Grade: ExpressibleByArgument {}
extension Verdict: ExpressibleByArgument {}
extension PriceChannel: ExpressibleByArgument {}
extension ErasureMethod: ExpressibleByArgument {}
extension ErasureLevel: ExpressibleByArgument {}

extension Instant: ExpressibleByArgument {
    public init?(argument: String) { self.init(iso: argument) }
}

/// The key of what was written.
struct Recorded: Output {
    let id: String

    func words(in language: Language) -> String { id }
}

/// The label that a device got.
struct Labelled: Output {
    let label: String

    func words(in language: Language) -> String { label }
}

extension DeviceRow: Output {
    func words(in language: Language) -> String { line(in: language) }

    /// Label, what it is, where it stands: one line of a list.
    func line(in language: Language) -> String {
        let price = price.map { Written.cents($0, in: language) }
        let memory = memoryMB.map { "\($0) MiB" }
        return [
            label, "\(maker) \(model)", memory, storageGB > 0 ? "\(storageGB) GB" : nil,
            grade?.name(in: language), price, exit?.name(in: language) ?? stage.name(in: language),
            shop,
            sound || stage == .left
                ? nil : language.choose("disque à remplacer", "disk to be replaced"),
        ].compactMap { $0 }.joined(separator: "  ")
    }
}

extension Grading {
    /// What it was given, then how that came about.
    func lines(in language: Language) -> [String] {
        let points = pointsInWords(outcome.total, in: language)
        let computed = outcome.verdict.name(in: language)
        let head =
            "\(label)  \(given.name(in: language))  (\(rules.name(in: language))\(language.choose("\u{A0}: ", ": "))\(points), \(computed))"
        let parts = outcome.parts.map {
            "  \($0.words(in: language))  \(pointsInWords($0.points, in: language))"
        }
        let cap = outcome.cap.map { ["  " + $0.words(in: language)] } ?? []
        return [head] + parts + cap + (motive.isEmpty ? [] : ["  " + motive])
    }
}

/// A file's bytes. Throws `fileMissing`.
func bytes(of path: String) throws(Refusal) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
        throw Refusal(.fileMissing, ["file": .text(String(path.suffix(80)))])
    }
    return Array(data)
}
