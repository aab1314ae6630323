import Foundation
public import Shop

/// A letter by wire: plain words, and files that go along.
public struct MailMessage: Sendable {
    /// The same for each try to send it, so that a mailbox can tell that it has it: letters, digits and `-`.
    public let id: String
    public let to: EmailAddress
    /// One line.
    public let subject: String
    public let text: String
    public let files: [File]
    public let writtenAt: Instant

    public struct File: Sendable {
        /// ASCII.
        public let name: String
        public let type: String
        public let bytes: [UInt8]

        public init(name: String, type: String, bytes: [UInt8]) {
            self.name = name
            self.type = type
            self.bytes = bytes
        }
    }

    public init(
        id: String,
        to: EmailAddress,
        subject: String,
        text: String,
        files: [File],
        writtenAt: Instant
    ) {
        self.id = id
        self.to = to
        self.subject = subject
        self.text = text
        self.files = files
        self.writtenAt = writtenAt
    }

    /// Its header lines (RFC 5322), which hold ASCII alone.
    func headers(from sender: EmailAddress) -> [String] {
        let domain = sender.text.split(separator: "@").last ?? "localhost"
        let written = Date(timeIntervalSince1970: Double(writtenAt.microseconds / 1_000_000))
        let date = DateFormatter()
        date.locale = Locale(identifier: "en_US_POSIX")
        date.timeZone = TimeZone(identifier: "UTC")
        date.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
        return [
            "Date: \(date.string(from: written))",
            "From: <\(sender.text)>",
            "To: <\(to.text)>",
            "Message-ID: <\(id)@\(domain)>",
            "Subject: \(encodedWord(subject))",
            // No mailbox answers it by itself (RFC 3834).
            "Auto-Submitted: auto-generated",
        ]
    }
}

/// One line of text as header lines carry it (RFC 2047), folded so that each word stays within 75 characters.
func encodedWord(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    var words: [String] = []
    var piece = ""
    for character in text where !character.isNewline {
        if piece.utf8.count + character.utf8.count > 45 {
            words.append(piece)
            piece = ""
        }
        piece.append(character)
    }
    words.append(piece)
    return words.map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }
        .joined(separator: "\r\n ")
}
