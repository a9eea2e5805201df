#ifndef ALMONER_CARGON2_H
#define ALMONER_CARGON2_H

#include <argon2.h>

#endif
