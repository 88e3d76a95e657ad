#!/usr/bin/env python3
"""Writes invented reports as JSON Lines, for measuring archives: reports.py COUNT [SEED].
Each happening is told by one to six outlets in three languages, with figures, named
and unnamed sources, and now and then a denial. The same arguments give the same bytes."""
import datetime
import json
import random
import sys

PLACES = """Lisboa Porto Madrid Sevilla London Manchester Kiev Kharkiv Odesa Moscow Maputo Pemba Luanda Brasília Manaus
Bogotá Cali Caracas Lima Quito Santiago Tijuana Guadalajara Istanbul Ankara Beirut Aleppo Idlib Baghdad Mosul Tehran
Kabul Kandahar Islamabad Lagos Kano Nairobi Mogadishu Khartoum Tripoli Bamako Ouagadougou Paris Marseille Berlin
Hamburg Rome Naples Athens Warsaw Minsk Yerevan Baku Tbilisi Manila Yangon Dili Seoul Tokyo Delhi Kolkata""".split()
GIVEN = """Ana João Maria Pedro Carla Rui Elena Javier Lucía Diego Carmen Andrés James Sarah Peter Helen Ahmed Fatima Omar Leila
Ivan Olga Sergei Natalia Mehmet Ayşe Joseph Grace Samuel Amina Hiro Yuki Raj Priya Luis Inés Tomás Sofia Marcos Julia""".split()
PARTS = ["Al", "Ba", "Ca", "Do", "El", "Fa", "Gar", "Hen", "Il", "Jor", "Kal", "Lo", "Mar", "Nor", "Or", "Pe", "Que", "Ro", "Sal",
         "Tor", "Ur", "Va", "Wes", "Xa", "Ya", "Zu"]
ENDS = ["mar", "vedo", "ton", "nova", "quez", "silva", "reira", "man", "ley", "dez", "kov", "oglu", "ssi", "mura", "wala", "ngo"]
OUTLETS = {"pt": ["Folha do Vale", "Rádio Tejo", "Jornal da Montanha", "Agência Atlântico"],
           "es": ["El Diario del Río", "La Gaceta del Sur", "La Voz de Tula", "Agencia Cordillera"],
           "en": ["The Courier", "Channel North", "Severn Gazette", "Meridian Wire"]}

TEXTS = {
    "pt": {
        "lead": ["Homens armados atacaram {day} uma aldeia perto de {place} e mataram {dead} pessoas, disse a polícia.",
                 "A polícia deteve {day} {held} manifestantes em {place}, informou {chief}.",
                 "{chief} reuniu-se {day} em {place} com {other} para discutir o cessar-fogo.",
                 "Milhares de pessoas protestaram {day} em {place} contra o governo."],
        "more": ["Segundo {chief}, pelo menos {hurt} pessoas ficaram feridas.",
                 "Fontes próximas do governo, que pediram anonimato, afirmaram que o número pode subir.",
                 "{other} negou que as suas forças tenham atacado a população.",
                 "\"Não vamos recuar\", disse {chief} aos jornalistas.",
                 "Uma testemunha contou que ouviu tiros durante a noite.",
                 "As Nações Unidas apelaram ao diálogo e prometeram enviar ajuda para {place}.",
                 "O porta-voz do ministério recusou-se a comentar as acusações de {other}.",
                 "O hospital da cidade recebeu {hurt} feridos desde o início dos confrontos.",
                 "O mercado reabriu na manhã seguinte, mas as escolas continuam fechadas por tempo indeterminado.",
                 "O preço do pão subiu e os autocarros circulam apenas durante o dia, contam os moradores."]},
    "es": {
        "lead": ["Hombres armados atacaron {day} una aldea cerca de {place} y mataron a {dead} personas, dijo la policía.",
                 "La policía detuvo {day} a {held} manifestantes en {place}, informó {chief}.",
                 "{chief} se reunió {day} en {place} con {other} para discutir el alto el fuego.",
                 "Miles de personas protestaron {day} en {place} contra el gobierno."],
        "more": ["Según {chief}, al menos {hurt} personas resultaron heridas.",
                 "Fuentes cercanas al gobierno, que pidieron el anonimato, afirmaron que la cifra puede aumentar.",
                 "{other} negó que sus fuerzas hayan atacado a la población.",
                 "\"No vamos a retroceder\", dijo {chief} a los periodistas.",
                 "Un testigo contó que oyó disparos durante la noche.",
                 "Las Naciones Unidas llamaron al diálogo y prometieron enviar ayuda a {place}.",
                 "El portavoz del ministerio se negó a comentar las acusaciones de {other}.",
                 "El hospital de la ciudad recibió a {hurt} heridos desde el inicio de los enfrentamientos.",
                 "El mercado abrió a la mañana siguiente, pero las escuelas siguen cerradas por tiempo indefinido.",
                 "El precio del pan subió y los autobuses circulan solo de día, cuentan los vecinos."]},
    "en": {
        "lead": ["Gunmen attacked a village near {place} {day} and killed {dead} people, police said.",
                 "Police arrested {held} protesters in {place} {day}, {chief} said.",
                 "{chief} met {other} in {place} {day} to discuss the ceasefire.",
                 "Thousands of people protested against the government in {place} {day}."],
        "more": ["According to {chief}, at least {hurt} people were injured.",
                 "Sources close to the government, who asked not to be named, said the toll could rise.",
                 "{other} denied that his forces had attacked civilians.",
                 "\"We will not retreat\", {chief} told reporters.",
                 "A witness said he heard shots during the night.",
                 "The United Nations called for dialogue and promised to send aid to {place}.",
                 "The ministry's spokesman declined to comment on the accusations by {other}.",
                 "The city's hospital has treated {hurt} wounded since the clashes began.",
                 "The market opened again the next morning, but schools remain closed until further notice.",
                 "The price of bread has risen and buses run only by day, residents say."]},
}
DAYS = {"pt": "ontem", "es": "ayer", "en": "on {weekday}"}
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def main():
    count = int(sys.argv[1])
    random.seed(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    people = [f"{random.choice(GIVEN)} {random.choice(PARTS)}{random.choice(ENDS)}" for _ in range(max(50, count // 20))]
    first, made, happening = datetime.date(2015, 1, 1), 0, 0
    while made < count:
        happening += 1
        day = first + datetime.timedelta(days=random.randrange(3650))
        kind, dead = random.randrange(4), random.randint(3, 60)
        facts = {"place": random.choice(PLACES), "chief": random.choice(people), "other": random.choice(people),
                 "held": random.randint(5, 900), "hurt": random.randint(5, 90)}
        for outlet in range(min(random.choice([1, 1, 1, 2, 3, 6]), count - made)):
            language = random.choice(["pt", "es", "en"])
            facts["dead"] = dead + random.choice([0, 0, 0, 1, 4])
            facts["day"] = DAYS[language].format(weekday=WEEKDAYS[day.weekday()])
            texts = TEXTS[language]
            lines = [texts["lead"][kind]] + random.sample(texts["more"], random.randint(5, 9))
            text = "\n".join(" ".join(lines[i:i + 2]) for i in range(0, len(lines), 2)).format(**facts)
            print(json.dumps({"text": text, "title": lines[0].format(**facts), "language": language,
                              "outlet": random.choice(OUTLETS[language]),
                              "url": f"https://news.example/{happening}/{outlet}",
                              "published": (day + datetime.timedelta(days=1)).isoformat()}, ensure_ascii=False))
            made += 1


main()
