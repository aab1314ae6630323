import Postgres
import Shop

extension Store {
    /// A first text in plain words, which an association replaces by its own. What it says is what the software does.
    func defaultPrivacyNotice(at now: Instant) -> SQL {
        """
        insert into privacy_notices (starts_on, french, english, recorded_at)
        values (\(firstDay), \(privacyFrench), \(privacyEnglish), \(now))
        """
    }
}

private let privacyFrench = """
    Pour vous vendre ou vous remettre du matériel et des recharges, nous notons votre nom, votre téléphone si vous le \
    voulez bien, l’année de votre naissance, votre quartier, qui vous oriente et pour \
    quel besoin, et ce que vous avez reçu.

    Cela sert à vérifier vos droits, à tenir la garantie, et à compter, sans aucun nom, ce que l’association a fait. Nous \
    ne demandons aucun justificatif de revenus, ni votre santé, ni votre nationalité, ni votre numéro de sécurité sociale.

    Si vous suivez un parcours, nous vous posons quelques questions au début, à la fin et six mois après\u{A0}: vous pouvez \
    ne pas répondre.

    Vous pouvez lire, corriger ou faire effacer ces informations, ici, à tout moment. Vous pouvez aussi refuser que votre \
    nom soit gardé\u{A0}: nous vous servons alors de la même façon, sous un code.
    """

private let privacyEnglish = """
    To sell or give you equipment and recharges we write down your name, your phone if you like, the year of your birth, \
    your quarter, who refers you and for what need, and what you received.

    It is used to check your rights, to keep the guarantee, and to count, without any name, what the association did. We \
    ask for no proof of income, nor your health, nationality or social-security number.

    If you follow a course we ask you a few questions at its beginning, at its end and six months after: you need not answer.

    You may read, correct or have this erased, here, at any time. You may also refuse that your name be kept: we then serve you \
    in the same way, under a code.
    """
