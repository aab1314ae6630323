/// What refusals say about pictures of machines, in the order of `Reason`.
extension RefusalWords {
    static let picturesUnavailable = RefusalWords(
        french: .init(
            what: "La photo n’a pas pu être redessinée.",
            why: "Le programme qui la redessine, vipsthumbnail, manque ou ne répond pas.",
            now:
                "Rien n’a été enregistré\u{A0}: réessayez. Qui installe lance «\u{A0}comptoir doctor\u{A0}»."
        ),
        english: .init(
            what: "The picture could not be drawn anew.",
            why: "The program that draws it, vipsthumbnail, is missing or does not answer.",
            now: "Nothing was recorded: try again. Whoever installs runs “comptoir doctor”."
        )
    )

    static let pictureUnreadable = RefusalWords(
        french: .init(
            what: "Ce fichier n’est pas une photo lisible.",
            why:
                "Il faut une photo JPEG, PNG, WebP ou HEIC entière\u{202F}; c’est le contenu qui compte, pas le nom.",
            now: "Reprenez la photo, ou choisissez un autre fichier."
        ),
        english: .init(
            what: "This file is no picture that can be read.",
            why:
                "A whole JPEG, PNG, WebP or HEIC picture is wanted; the content counts, not the name.",
            now: "Take the picture again, or choose another file."
        )
    )

    static let pictureTooManyPixels = RefusalWords(
        french: .init(
            what: "Cette photo est trop grande.",
            why:
                "Elle fait {width}\u{A0}×\u{A0}{height} pixels\u{202F}; la limite est de {most} millions.",
            now: "Reprenez-la à la taille habituelle du téléphone."
        ),
        english: .init(
            what: "This picture is too large.",
            why: "It is {width} × {height} pixels; the limit is {most} million.",
            now: "Take it again at the telephone’s usual size."
        )
    )

    static let picturesFull = RefusalWords(
        french: .init(
            what: "{label} a déjà toutes ses photos.",
            why: "Un appareil en garde {most} au plus.",
            now: "Retirez d’abord une photo dont personne n’a plus besoin."
        ),
        english: .init(
            what: "{label} has all its pictures.",
            why: "A device keeps {most} at most.",
            now: "First take off a picture that nobody needs any more."
        )
    )
}
