import Foundation
import Shop
import Store

/// The pictures on a machine’s page, and what takes more: `{{#pictures}}{{>pictures}}{{/pictures}}`.
struct PictureSection: Sendable {
    let pictures: [Line]
    let hasPictures: Bool
    /// Nil for whoever only reads, and where the machine has all that it may have.
    let adding: Adding?
    /// Why no more is taken; nil while there is room.
    let full: String?

    struct Line: Sendable {
        let path: String
        let thumbnail: String
        let width: Int
        let height: Int
        /// What is read aloud.
        let alt: String
        let caption: String?
        let taken: String
        let isOnPassport: Bool
        /// For whoever works the stock.
        let acts: Acts?
    }

    struct Acts: Sendable {
        let removalPath: String
        let removalKey: String
        let passportPath: String
        let passportKey: String
        /// What the button asks for.
        let shown: String
        let words: String
    }

    struct Adding: Sendable {
        let path: String
        /// Where the page is read anew.
        let donePath: String
        let room: Int
        let roomWords: String
        let bytesMost: Int
        /// The words of the script, and what a picture may show, as JSON.
        let words: String
        let captions: String
    }

    /// Nil where there is nothing to see and nothing to do.
    ///
    /// - Parameter most: how many the machine may have; nil for whoever only reads.
    init?(
        _ words: Words,
        _ pictures: [DevicePicture],
        of label: String,
        most: Int?,
        key: () -> String
    ) throws {
        guard most != nil || !pictures.isEmpty else { return nil }
        let path = "/devices/\(label)"
        self.pictures = pictures.enumerated().map { index, picture in
            Line(
                words,
                picture,
                number: index + 1,
                of: label,
                acts: most == nil ? nil : Acts(words, picture, path: path, key: key)
            )
        }
        hasPictures = !pictures.isEmpty
        let room = most.map { $0 - pictures.count }
        adding = try room.flatMap { room in
            room <= 0 ? nil : try Adding(words, path: path, room: room)
        }
        full = most.flatMap { most in
            pictures.count < most ? nil : words.counted("picture_full", most)
        }
    }
}

extension PictureSection.Line {
    /// - Parameter number: which one of the machine’s it is, for whoever does not see it.
    init(
        _ words: Words,
        _ picture: DevicePicture,
        number: Int,
        of label: String,
        acts: PictureSection.Acts?
    ) {
        path = "/api/v1/devices/\(label)/pictures/\(picture.id.text)"
        thumbnail = path + "?size=\(PictureSize.thumbnail.rawValue)"
        (width, height) = picture.thumbnailSize
        alt = picture.alt(words, number)
        caption = picture.caption?.name(in: words.language)
        taken = words(
            "picture_taken",
            ["day": picture.takenAt.day.printed, "operator": picture.operatorCode]
        )
        isOnPassport = picture.isOnPassport
        self.acts = acts
    }
}

extension PictureSection.Acts {
    fileprivate init(_ words: Words, _ picture: DevicePicture, path: String, key: () -> String) {
        let path = "\(path)/pictures/\(picture.id.text)"
        removalPath = path + "/removal"
        removalKey = key()
        passportPath = path + "/passport"
        passportKey = key()
        shown = picture.isOnPassport ? "no" : "yes"
        self.words = words(picture.isOnPassport ? "picture_hide" : "picture_show")
    }
}

extension PictureSection.Adding {
    fileprivate init(_ words: Words, path: String, room: Int) throws {
        self.path = "/api/v1\(path)/pictures"
        donePath = "\(path)?done=\(DoneToDevice.pictured.rawValue)"
        self.room = room
        roomWords = words.counted("picture_room", room)
        bytesMost = PictureFile.bytesMost
        self.words = try words.json(prefix: "picture_")
        let captions = PictureCaption.allCases.map { [$0.rawValue, $0.name(in: words.language)] }
        self.captions = String(decoding: try JSONEncoder().encode(captions), as: UTF8.self)
    }
}

/// A picture on the public passport: what it shows, and nothing of who took it.
struct PassportPicture: Sendable {
    let path: String
    let thumbnail: String
    let width: Int
    let height: Int
    let alt: String
    let caption: String?

    init(_ words: Words, _ picture: DevicePicture, number: Int, at passport: PassportToken) {
        path = "/passport/\(passport.text)/pictures/\(picture.id.text)"
        thumbnail = path + "?size=\(PictureSize.thumbnail.rawValue)"
        (width, height) = picture.thumbnailSize
        alt = picture.alt(words, number)
        caption = picture.caption?.name(in: words.language)
    }
}

extension DevicePicture {
    /// As libvips rounds it, so that the page stands still while it loads.
    fileprivate var thumbnailSize: (width: Int, height: Int) {
        let most = PictureSize.thumbnail.sideMost
        let side = max(width, height)
        guard side > most else { return (width, height) }
        func fitted(_ length: Int) -> Int { max(1, (length * most + side / 2) / side) }
        return (fitted(width), fitted(height))
    }

    fileprivate func alt(_ words: Words, _ number: Int) -> String {
        let number = String(number)
        guard let caption else { return words("picture_alt", ["number": number]) }
        return words(
            "picture_alt_caption",
            ["number": number, "caption": caption.name(in: words.language)]
        )
    }
}
